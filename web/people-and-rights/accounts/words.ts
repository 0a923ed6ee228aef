import type { attachments, purposes } from '../../../contract/people-and-rights/accounts.ts'
import type { getPerson } from '../../../contract/people-and-rights/people.ts'
import { type MissingTerm, type Profile, profiles, type Reply, type Tool } from '../../../contract/route.ts'
import { formatDay } from '../../platform/format.ts'
import { profileWords, territoryInWords, toolWords } from '../../platform/words.ts'

export type Person = Reply<typeof getPerson>
export type Grant = Person['grants'][number]
type Keyed<K extends readonly string[], V = string> = Record<K[number], V>

export const attachmentWords: Keyed<typeof attachments> = {
  agent: 'agent de la structure',
  delegate: 'délégataire',
  contractor: 'prestataire',
}
export const purposeWords: Keyed<typeof purposes> = {
  prospection: 'Prospecter les employeurs de façon coordonnée',
  recrutement: 'Répondre à des besoins de recrutement',
  insertion: 'Accompagner des parcours vers l’emploi',
  suivi: 'Suivre et piloter l’action commune',
}
export const statusWords = { active: 'actif', suspended: 'suspendu', blocked: 'bloqué', deleted: 'supprimé' } as const
/** Of someone else, and who must act. */
export const lackWords: Record<MissingTerm, string> = {
  account: 'Le compte n’est pas actif : vous pouvez le rétablir.',
  block: 'L’accès est bloqué le temps d’une vérification : le correspondant sécurité de l’opérateur (CSSI) le lève.',
  convention: 'La structure n’a pas de convention en vigueur : son signataire et la direction régionale agissent.',
  contract: 'Le contrat est terminé : corrigez sa date s’il continue.',
  inactivity: 'La personne n’a rien fait depuis deux mois : vous pouvez lever la suspension.',
  cgu: 'La personne doit accepter les conditions générales d’utilisation.',
  confidentialite: 'La personne doit accepter les règles de confidentialité.',
  securite: 'La personne doit accepter les règles de sécurité.',
  'cgu-unpublished':
    'L’opérateur n’a pas encore publié les conditions générales d’utilisation : ses administrateurs agissent.',
  'confidentialite-unpublished':
    'L’opérateur n’a pas encore publié les règles de confidentialité : ses administrateurs agissent.',
  'securite-unpublished': 'L’opérateur n’a pas encore publié les règles de sécurité : ses administrateurs agissent.',
  'cpu-unpublished':
    'L’opérateur n’a pas encore publié les conditions particulières de l’outil : ses administrateurs agissent.',
  'annex-4-unpublished':
    'L’opérateur n’a pas encore publié la liste des outils communs (annexe 4) : ses administrateurs agissent.',
  'sign-in': 'La session de la personne a été ouverte d’une façon que l’opérateur n’admet pas pour cet outil.',
  awareness:
    'La sensibilisation à la sécurité date de plus d’un an : le responsable de la formation ou un RGC de la structure, ou le CSSI, l’enregistre.',
  'annex-4': 'L’outil ne fait pas partie des outils communs.',
  cpu: 'La personne doit accepter les conditions particulières de l’outil.',
  confirmation: 'Une seconde personne doit confirmer : un autre RGC, ou le signataire de la structure.',
  perimeter:
    'Le périmètre sort des territoires de la structure : changez-le, ou demandez à la direction régionale de l’opérateur de les étendre.',
}
export const perimeterWords = ({ territory, agency }: Pick<Grant, 'territory' | 'agency'>) =>
  territory ? territoryInWords(territory) : agency ? `l’agence ${agency.name}` : ''
export const grantWords = ({ tool, profile, ...perimeter }: Pick<Grant, 'tool' | 'profile' | 'territory' | 'agency'>) =>
  `${toolWords[tool]}, profil ${profileWords[profile]}, pour ${perimeterWords(perimeter)}`
/** What a block cuts. */
export const cutWords = ({ cuts, grant }: Pick<Person['blocks'][number], 'cuts' | 'grant'>) =>
  cuts === 'none'
    ? 'Rien : dernier de son rôle'
    : cuts === 'account'
      ? 'Tout le compte'
      : cuts === 'rgc'
        ? 'La gestion des comptes (RGC)'
        : `Une habilitation : ${grant ? grantWords(grant) : 'retirée'}`
export const fullName = ({ givenName, familyName }: { givenName: string; familyName: string }) =>
  `${givenName} ${familyName}`
/** « prestataire (Cabinet Lestonat), jusqu’au 31 décembre 2026 ». */
export const employerWords = ({
  attachment,
  thirdParty,
  contractEndsOn,
}: Pick<Person, 'attachment' | 'thirdParty' | 'contractEndsOn'>) =>
  `${attachmentWords[attachment]}${thirdParty ? ` (${thirdParty.name})` : ''}${contractEndsOn ? `, jusqu’au ${formatDay(contractEndsOn)}` : ''}`
export const toolOptions = (Object.keys(toolWords) as Tool[]).map(value => ({ value, label: toolWords[value] }))
export const profileOptions = (tool: string) =>
  profiles
    .filter(p => tool !== 'fiche-recrutement' || p === 'consultation')
    .map((value: Profile) => ({
      value,
      label: profileWords[value].charAt(0).toUpperCase() + profileWords[value].slice(1),
    }))
export const purposeOptions = (Object.keys(purposeWords) as (keyof typeof purposeWords)[]).map(value => ({
  value,
  label: purposeWords[value],
}))
