import type { Reply } from '../../../contract/route.ts'
import type { getProgress, listStuck, stuckKinds } from '../../../contract/work-with-employers/progress.ts'
import { formatCount } from '../../platform/format.ts'

export type Progress = Reply<typeof getProgress>
export type Line = Progress['bySize'][number]
export type Stuck = Reply<typeof listStuck>['items'][number]
export type StuckKind = (typeof stuckKinds)[number]

export const zoneWords: Record<Progress['byZone']['kind'], string> = {
  departement: 'département',
  epci: 'intercommunalité',
  commune: 'commune',
}
export const stepWords: Record<Progress['funnel'][number]['step'], string> = {
  targets: 'Cibles',
  contacted: 'Contactées',
  reached: 'Interlocuteur joint',
  meeting: 'Rendez-vous pris',
  need: 'Besoin détecté',
  hire: 'Embauche',
}
export const stuckWords: Record<StuckKind, { one: string; several: string; meaning: (days: number) => string }> = {
  untouched: {
    one: 'cible prise et sans suite',
    several: 'cibles prises et sans suite',
    meaning: days => `prises en charge il y a ${days} jours ou plus, sans contact depuis`,
  },
  late: {
    one: 'action en retard',
    several: 'actions en retard',
    meaning: () => 'prochaines actions dont le jour est passé',
  },
  silent: {
    one: 'structure sans activité',
    several: 'structures sans activité',
    meaning: days => `aucun contact depuis ${days} jours`,
  },
  undecided: {
    one: 'conflit à trancher',
    several: 'conflits à trancher',
    meaning: () => 'ils empêchent d’ouvrir la campagne',
  },
  waiting: {
    one: 'cible que personne n’a prise',
    several: 'cibles que personne n’a prises',
    meaning: () => 'encore à contacter',
  },
}
/** Where each kind is seen and settled. `days`: without news for that long. */
export const stuckAddress = (campaignId: string, kind: StuckKind, days: number) => {
  if (kind === 'undecided') return `/campagnes/${campaignId}/preparer?etape=conflits`
  if (kind === 'waiting') return `/campagnes/${campaignId}?statut=a-contacter`
  return `/campagnes/${campaignId}?onglet=avancement&bloque=${kind}${days === 14 ? '' : `&jours=${days}`}#bloque`
}
/** « 3 actions en retard » */
export const stuckCount = (kind: StuckKind, count: number) =>
  formatCount(count, stuckWords[kind].one, stuckWords[kind].several)
export const sinceWords: Record<Stuck['since']['what'], string> = {
  taken: 'Prise en charge',
  rappel: 'Rappel',
  visite: 'Visite',
  'rendez-vous': 'Rendez-vous',
  'envoi-information': 'Envoi d’information',
  transmission: 'Transmission',
}
