import type { portfolioSorts } from '../../../contract/work-with-employers/portfolio.ts'
import { type Turned, turnedField, useTurnedOrder } from '../../platform/list-order.ts'
import { SelectField } from '../../ui/index.ts'

/** The day's work when the address says nothing. */
export const usePortfolioOrder = () =>
  useTurnedOrder({
    said: {
      day: 'jour',
      name: 'nom',
      town: 'commune',
      campaign: 'campagne',
      status: 'etat',
      headcount: 'effectif',
      size: 'taille',
      nature: 'nature',
      contact: 'contact',
      words: 'mots',
      taken: 'prise',
      activity: 'activite',
      siret: 'siret',
    },
    usual: 'day',
    largestFirst: ['headcount', 'size'],
  })
export type PortfolioOrder = ReturnType<typeof usePortfolioOrder>

const labels: Readonly<Record<Turned<(typeof portfolioSorts)[number]>, string>> = {
  day: 'Prochaine action, les retards d’abord',
  '-day': 'Prochaine action, la plus lointaine d’abord',
  name: 'Nom',
  '-name': 'Nom, de Z à A',
  town: 'Commune',
  '-town': 'Commune, de Z à A',
  campaign: 'Campagne',
  '-campaign': 'Campagne, de Z à A',
  status: 'État, à contacter d’abord',
  '-status': 'État, à contacter à la fin',
  headcount: 'Effectif, les plus grands d’abord',
  '-headcount': 'Effectif, les plus petits d’abord',
  size: 'Taille de l’entreprise, les plus grandes d’abord',
  '-size': 'Taille de l’entreprise, les plus petites d’abord',
  nature: 'Nature juridique, entreprises privées d’abord',
  '-nature': 'Nature juridique, entreprises privées à la fin',
  contact: 'Dernier contact, jamais contactées d’abord',
  '-contact': 'Dernier contact, le plus récent d’abord',
  words: 'Derniers mots, les plus anciens d’abord',
  '-words': 'Derniers mots, les plus récents d’abord',
  taken: 'Prise en charge, la plus ancienne d’abord',
  '-taken': 'Prise en charge, la plus récente d’abord',
  activity: 'Activité, par code',
  '-activity': 'Activité, par code, du dernier au premier',
  siret: 'SIRET, les établissements d’une entreprise à la suite',
  '-siret': 'SIRET, du plus grand au plus petit',
}
/** The heads of the list do the same on a wide screen. */
export const PortfolioSort = () => <SelectField {...turnedField(labels, usePortfolioOrder())} />
