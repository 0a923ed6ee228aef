import type { Static } from 'typebox'
import type { Block } from '../../../contract/oversight/security.ts'
import { profileWords, toolWords } from '../../../contract/words.ts'
import type { Notice } from '../../notifications/tell.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Lifted, mayLift } from './security.policy.ts'
import type { BlockRow } from './security.queries.ts'

export const liftable = ({ person, organisation, cause, ofOfficer }: BlockRow): Lifted => ({
  id: person.id,
  organisationId: organisation.id,
  cause,
  ofOfficer,
})
export const blockReply = (viewer: Viewer, { ofOfficer, ...row }: BlockRow): Static<typeof Block> => ({
  ...row,
  blockedAt: row.blockedAt.toISOString(),
  liftedAt: row.liftedAt?.toISOString() ?? null,
  allowed: row.liftedAt === null && mayLift(viewer, liftable({ ofOfficer, ...row })) === true ? ['lift'] : [],
})

/** What the act is on, without naming anybody: mails say it, the page says who. */
export const cutInWords = ({ cuts, grant }: Pick<BlockRow, 'cuts' | 'grant'>): string =>
  cuts === 'account' || cuts === 'none'
    ? 'un compte de votre structure'
    : cuts === 'rgc'
      ? 'l’accès d’un responsable de gestion de comptes (RGC) de votre structure à la gestion des comptes'
      : `une habilitation d’un compte de votre structure (${toolWords[grant!.tool]}, profil ${profileWords[grant!.profile]})`

/** The page where each side reads of a security officer's block. */
export const officerPages = {
  partenaire: '/responsables-de-comptes',
  operateur: '/securite',
  'operateur:administrateur': '/administration/cssi-bloques',
} as const

/** What the structure is told of a lifting; of a security officer's, the others and the administrators too. */
export const liftedNotice = (
  block: Pick<BlockRow, 'id' | 'cause' | 'cuts' | 'grant' | 'ofOfficer'>,
  verdict: string,
): Notice => ({
  ...(block.ofOfficer && block.cause === 'suspect-use'
    ? { kind: 'block-lifted-officer', path: officerPages }
    : { kind: block.cuts === 'rgc' ? 'rgc-cut-lifted' : 'block-lifted', path: '/responsables-de-comptes' }),
  about: ['account-block', block.id],
  subject:
    block.cuts === 'account'
      ? 'Le blocage d’un compte de votre structure est levé'
      : block.cuts === 'none'
        ? 'L’usage inhabituel d’un compte de votre structure est vérifié'
        : 'L’opérateur est revenu sur un acte exceptionnel',
  text:
    block.cuts === 'none'
      ? `L’opérateur a vérifié l’usage d’un compte de votre structure, qui n’était pas bloqué. Constat : ${verdict}`
      : `L’opérateur a rétabli ${cutInWords(block)}. Constat : ${verdict}`,
})
