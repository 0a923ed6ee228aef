import type { Static } from 'typebox'
import type { Convention as ConventionSchema } from '../../../contract/agreement/conventions.ts'
import { parisDay } from '../../platform/time.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { Known } from './convention-rules.ts'
import { maySettleAuthority } from './conventions.policy.ts'
import { contestableUntil, type Party, warningsOf } from './deadlines.ts'
import { signedDay } from './letter-rules.ts'

/** Whom the document signed names for this party: an amendment its own, when it names somebody (AGR-6). */
export const signatoryNamed = (
  { signatories, amendments }: Pick<Known, 'signatories' | 'amendments'>,
  party: Party,
  amendmentId: string | null,
): { readonly name: string } | undefined => {
  const own = amendments.find(a => a.id === amendmentId)?.signatories ?? []
  return (own.length > 0 ? own : signatories).find(s => s.party === party)
}
/** Who signs this document for this party, as last named (AGR-2). */
export const signerOf = (
  { signers }: Pick<Known, 'signers'>,
  party: Party | null,
  amendmentId: string | null,
): Known['signers'][number] | undefined => signers.find(s => s.party === party && s.amendmentId === amendmentId)
/** The act under which this one signs in the place of another; nothing, of whom the document names. */
export const actOfSigner = (
  signer: Known['signers'][number] | undefined,
): Pick<
  Known['signers'][number],
  'act' | 'actOn' | 'grantedBy' | 'localAuthority' | 'prefectureOn' | 'publishedOn' | 'actDocumentId'
> => ({
  act: signer?.act ?? null,
  actOn: signer?.actOn ?? null,
  grantedBy: signer?.grantedBy ?? null,
  localAuthority: signer?.localAuthority ?? false,
  prefectureOn: signer?.prefectureOn ?? null,
  publishedOn: signer?.publishedOn ?? null,
  actDocumentId: signer?.actDocumentId ?? null,
})
/** Accents of letters go; an accent or an apostrophe of its own parts two words, as any other sign does. */
const words = (name: string) =>
  name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .split(/(?:[^\p{L}\p{Nd}]|[\u02b0-\u02ff])+/u)
    .filter(Boolean)
    .toSorted()
    .join(' ')

/**
 * Whether who signs is the signatory that the document names (AGR-2): the same words, in any order, without accents nor
 * capitals. The page and the trail say it when it is another. The SQL twin is ctx.name_words.
 */
export const isNamedSigner = (signerName: string, named: { readonly name: string } | undefined): boolean =>
  named !== undefined && words(signerName) === words(named.name)

type Amendment = Pick<Known['amendments'][number], 'signatories' | 'authorities'>
/**
 * What is known of the act under which a party's signatory signs an amendment: what was told of it; else what the
 * convention says of the same act, of the same day (AGR-6, AGR-11).
 */
export const authorityOf = (
  { signatories, authorities }: Amendment,
  party: Party,
  ofConvention: Known['signatories'],
): Omit<Known['amendments'][number]['authorities'][number], 'party'> => {
  const told = authorities.find(a => a.party === party)
  if (told) return told
  const named = signatories.find(s => s.party === party)
  const own = ofConvention.find(s => s.party === party)
  const same = named && own?.act && words(own.act) === words(named.act) && own.actOn === named.actOn ? own : undefined
  return {
    localAuthority: own?.localAuthority ?? party === 'partenaire',
    prefectureOn: same?.prefectureOn ?? null,
    publishedOn: same?.publishedOn ?? null,
    actDocumentId: same?.actDocumentId ?? null,
  }
}

export const dayOfSignature = (one: Known['signatures'][number] | undefined) =>
  one ? (one.how === 'papier' ? signedDay : parisDay)(one.signedAt) : null
type Shown = Static<typeof ConventionSchema>['signers'][number]
export const signerReply =
  (viewer: Viewer, row: Known) =>
  ({
    accountId,
    act,
    actOn,
    grantedBy,
    namedAt,
    amendmentId,
    party,
    name,
    namedBy,
    id,
    completions,
    deputyId,
    ...s
  }: Known['signers'][number]) => {
    const signature = row.signatures.find(x => x.amendmentId === amendmentId && x.party === party)
    const replacement = act !== null && actOn !== null && grantedBy !== null ? { ...s, act, actOn, grantedBy } : null
    return {
      amendmentId,
      party,
      name,
      mine: accountId === viewer.accountId,
      linked: accountId !== null,
      replacement: replacement && {
        ...replacement,
        contestableUntil: contestableUntil(replacement),
        warnings: [...warningsOf(replacement, dayOfSignature(signature))],
        completions: completions as NonNullable<Shown['replacement']>['completions'],
        allowed:
          id === signerOf(row, party, amendmentId)?.id &&
          // A deputy's act is completed where it is recorded.
          deputyId === null &&
          !row.amendments.some(a => a.id === amendmentId && a.closedAt !== null) &&
          maySettleAuthority(viewer, row.convention, party) === true
            ? [...(['complete'] as const)]
            : [],
      },
      namedBy: namedBy as Shown['namedBy'],
      namedAt: namedAt.toISOString(),
      deputyId,
    }
  }
