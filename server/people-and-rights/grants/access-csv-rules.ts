import type { Static } from 'typebox'
import type { AccessLine } from '../../../contract/people-and-rights/grants.ts'
import type { MissingTerm } from '../../../contract/route.ts'
import { profileWords, toolWords } from '../../../contract/words.ts'
import { csvOf } from '../../platform/csv.ts'

const statusWords = { active: 'actif', suspended: 'suspendu', blocked: 'bloqué', deleted: 'supprimé' } as const
const missingWords: Record<MissingTerm, string> = {
  account: 'compte non actif',
  block: 'accès bloqué',
  convention: 'pas de convention en vigueur',
  contract: 'contrat terminé',
  inactivity: 'inactivité',
  cgu: 'conditions générales à accepter',
  confidentialite: 'confidentialité à accepter',
  securite: 'règles de sécurité à accepter',
  awareness: 'sensibilisation dépassée',
  'annex-4': 'outil hors de l’annexe 4',
  'sign-in': 'moyen de connexion refusé',
  cpu: 'conditions de l’outil à accepter',
  perimeter: 'hors du territoire de la structure',
  confirmation: 'à confirmer par une seconde personne',
}
const head = [
  'Personne',
  'Fonction',
  'Compte',
  'Outil',
  'Profil',
  'Périmètre',
  'Depuis',
  'Jusqu’au',
  'Accordée par',
  'Motif',
  'Dernière activité',
  'Ce qui manque',
]

/** As the page shows it. */
export const accessCsv = (lines: readonly Static<typeof AccessLine>[]): string =>
  csvOf([
    head,
    ...lines.map(l => [
      l.person.name,
      l.function,
      statusWords[l.status],
      toolWords[l.tool],
      profileWords[l.profile],
      l.territory?.name ?? l.agency?.name ?? null,
      l.since,
      l.until,
      l.grantedBy?.name ?? null,
      l.reason,
      l.lastActAt?.slice(0, 10) ?? null,
      l.missing.map(term => missingWords[term]).join(', '),
    ]),
  ])
