import type { targetSorts } from '../../../contract/work-with-employers/campaigns.ts'
import { type Turned, turnedField } from '../../platform/list-order.ts'
import { SelectField } from '../../ui/index.ts'
import { useTargetSort } from './targets-sort.ts'

const labels: Readonly<Record<Turned<(typeof targetSorts)[number]>, string>> = {
  name: 'Nom',
  '-name': 'Nom, de Z à A',
  town: 'Commune',
  '-town': 'Commune, de Z à A',
  headcount: 'Effectif, les plus grands d’abord',
  '-headcount': 'Effectif, les plus petits d’abord',
  size: 'Taille de l’entreprise, les plus grandes d’abord',
  '-size': 'Taille de l’entreprise, les plus petites d’abord',
  nature: 'Nature juridique, entreprises privées d’abord',
  '-nature': 'Nature juridique, entreprises privées à la fin',
  holder: 'Qui s’en occupe, de A à Z',
  '-holder': 'Qui s’en occupe, de Z à A',
  status: 'État, à contacter d’abord',
  '-status': 'État, à contacter à la fin',
  action: 'Prochaine action, la plus proche d’abord',
  '-action': 'Prochaine action, la plus lointaine d’abord',
  contact: 'Dernier contact, jamais contactées d’abord',
  '-contact': 'Dernier contact, le plus récent d’abord',
  siret: 'SIRET, les établissements d’une entreprise à la suite',
  '-siret': 'SIRET, du plus grand au plus petit',
}

/** Beside the choice of columns. */
export const TargetsSort = () => <SelectField {...turnedField(labels, useTargetSort())} />
