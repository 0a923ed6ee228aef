import type { Static } from 'typebox'
import type { Reply } from '../../../contract/route.ts'
import type {
  Recipient as RecipientSchema,
  SharingMethod,
  sharingKinds,
  simulateSharing,
} from '../../../contract/work-with-employers/sharing.ts'
import { formatCount } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'

export type Recipient = Static<typeof RecipientSchema>
export type Loaded = Recipient & { readonly load: number }
export type Method = Static<typeof SharingMethod>
export type Kind = (typeof sharingKinds)[number]
export type Simulation = Reply<typeof simulateSharing>

export const kindWords: Record<Kind, { label: string; hint: string; done: string }> = {
  main: { label: 'À la main', hint: 'Toutes à une structure ou à une personne', done: 'à la main' },
  charge: {
    label: 'Également, selon la charge',
    hint: 'Chacun finit avec un nombre de cibles aussi proche que possible',
    done: 'selon la charge',
  },
  zone: { label: 'Par zone', hint: 'Vous dites qui s’occupe de chaque zone', done: 'par zone' },
  activite: { label: 'Par activité', hint: 'Vous dites qui s’occupe de chaque activité', done: 'par activité' },
  referent: {
    label: 'À qui connaît l’employeur',
    hint: 'La personne ou la structure du dernier échange avec lui ; à défaut, celle qui a renseigné son interlocuteur',
    done: 'à qui connaît l’employeur',
  },
}
/** An organisation, or a person with theirs. `nameOf` tells namesakes apart. */
export const recipientName = (
  { organisation, person }: Recipient,
  nameOf = ({ name }: NonNullable<Recipient['person']>) => name,
): string => {
  const structure = shortOrganisation(organisation.name)
  const name = person && nameOf(person)
  return name ? (name.includes(structure) ? name : `${name} (${structure})`) : structure
}
export const recipientId = ({ organisation, person }: Recipient) => `${organisation.id}/${person?.id ?? ''}`
export const recipientKey = (id: string) => {
  const [organisationId, accountId] = id.split('/') as [string, string]
  return { organisationId, ...(accountId ? { accountId } : {}) }
}
export const loadWords = (load: number) =>
  load ? formatCount(load, 'cible ouverte', 'cibles ouvertes') : 'aucune cible ouverte'
