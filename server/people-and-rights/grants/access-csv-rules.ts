import type { Static } from 'typebox'
import { csvOf } from '../../../contract/csv.ts'
import type { AccessLine } from '../../../contract/people-and-rights/grants.ts'
import type { MissingTerm } from '../../../contract/route.ts'
import { profileWords, toolWords } from '../../../contract/words.ts'
import { parisDay } from '../../platform/time.ts'

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
  'cgu-unpublished': 'conditions générales non publiées par l’opérateur',
  'confidentialite-unpublished': 'règles de confidentialité non publiées par l’opérateur',
  'securite-unpublished': 'règles de sécurité non publiées par l’opérateur',
  'cpu-unpublished': 'conditions de l’outil non publiées par l’opérateur',
  'annex-4-unpublished': 'annexe 4 non publiée par l’opérateur',
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
  'Dernier usage',
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
      l.lastActAt && parisDay(new Date(l.lastActAt)),
      l.lastUsedOn,
      l.missing.map(term => missingWords[term]).join(', '),
    ]),
  ])
