import type { SignInFailure } from '../../../contract/signing-in/sign-in-failures.ts'
import type { Entry } from '../../platform/action.ts'
import { type Act, recordActs, recordAtTheDoor, recordSignIn } from '../../platform/audit.ts'
import type { Transaction } from '../../platform/database.ts'
import { parseSiret } from '../../platform/siret.ts'
import { parisDay } from '../../platform/time.ts'
import { beginChoice, type Proven } from './choices.queries.ts'
import { entersWith, type FactorSettings, isFreshProof, proofOf } from './factors.ts'
import {
  askLink,
  findIdentity,
  isOwnIdentity,
  linkIdentity,
  openSession,
  proveSession,
  type TakenSignIn,
  weakLevel,
} from './identity.queries.ts'
import { type Match, matchAccount, type Way } from './match-account-rules.ts'
import { SignInRefused, type Vouched } from './proconnect.ts'
import { digest, newToken } from './session-token.ts'

/** The browser's return from ProConnect, and the means to record it. */
export interface Coming {
  readonly under: TakenSignIn
  readonly vouched: Vouched
  readonly factors: FactorSettings
  readonly now: Date
  readonly newId: () => string
  /** Of whom, for the trail. */
  readonly act: (actorId: string | null, organisationId: string | null) => Act
  readonly device: string
  /** Digests of the session that this one replaces, and of the invitation that goes along. */
  readonly replaces: Buffer | null
  readonly invitation: Buffer | null
  /** Whether the trail has room for one more failure from there; otherwise a counter tells. */
  readonly mayTell: (code: SignInFailure | 'no-account') => boolean
}
export interface Led {
  readonly to: string
  /** Of the session opened or proven. */
  readonly token?: string
  /** Of the sign-in that waits for its structure. */
  readonly choice?: string
}

const errorPage = (code: string) => `/connexion/erreur?code=${code}`
/** What the trail keeps of an identity. */
const seen = ({ issuer, subject, idpId, siret, acr, amr }: Proven) => ({ issuer, subject, idpId, siret, acr, amr })

/** Opens a session, asks for a link or a structure, or says why not: in one transaction of the role of signing in. */
export const enterByProConnect = async (tx: Transaction, coming: Coming): Promise<Led> => {
  const { vouched, invitation } = coming
  const match = matchAccount(await findIdentity(tx, vouched, invitation), parseSiret(vouched.siret))
  if (match.kind === 'ask') return askToBeLinked(tx, coming, match)
  if (match.kind === 'choose') return waitForStructure(tx, coming, match.ways)
  if (match.kind !== 'enter' && match.kind !== 'link') return turnAway(tx, coming, match)
  return enterAccount(tx, { ...coming, returnTo: coming.under.returnTo }, match)
}

/** Both accounts are this person's: a page asks which, before any second factor (0044). Nothing is linked nor opened. */
const waitForStructure = async (
  tx: Transaction,
  { under, vouched, invitation }: Coming,
  ways: readonly Way[],
): Promise<Led> => {
  const choice = newToken()
  const { email: _email, givenName: _given, usualName: _usual, ...proven } = vouched
  await beginChoice(tx, {
    tokenHash: digest(choice),
    accounts: ways.map(way => way.accountId),
    vouched: proven,
    invitation,
    returnTo: under.returnTo,
  })
  return { to: '/connexion/structure', choice }
}

/** What a session is opened with, at once or after the choice of a structure. */
export type Entering = Pick<Coming, 'factors' | 'now' | 'newId' | 'act' | 'device' | 'replaces' | 'invitation'> & {
  readonly vouched: Proven
  readonly returnTo: string
}
export const enterAccount = async (tx: Transaction, entering: Entering, way: Way): Promise<Led & { token: string }> => {
  // No longer certain since the choice was offered, or linked meanwhile: the door is knocked at again.
  if (way.kind === 'link' && !(await linkIdentity(tx, entering.vouched, way.accountId, entering.invitation)))
    throw new SignInRefused('expired')
  return openItsSession(tx, entering, way)
}

/** The database asks once, and tells it once a day: no budget, for what is written leaves its trail. */
const askToBeLinked = async (
  tx: Transaction,
  { vouched, newId, act }: Coming,
  match: Match & { kind: 'ask' },
): Promise<Led> => {
  await askLink(tx, newId(), vouched, parseSiret(vouched.siret), match)
  await recordAtTheDoor(
    tx,
    act(null, match.organisationId),
    {
      action: 'account.link-asked',
      subject: ['account', match.accountId],
      detail: { ...seen(vouched), reason: match.reason },
    },
    newId,
  )
  return { to: errorPage(match.reason === 'employer-changed' ? match.reason : 'link-pending') }
}

const turnAway = async (
  tx: Transaction,
  { under, vouched, newId, act, mayTell }: Coming,
  match: Match,
): Promise<Led> => {
  const code =
    match.kind === 'inactive' || match.kind === 'blocked' || match.kind === 'contract-over'
      ? (`account-${match.kind}` as const)
      : vouched.email
        ? 'no-account'
        : 'identity-incomplete'
  if (mayTell(code))
    await recordAtTheDoor(
      tx,
      act(null, null),
      { action: 'sign-in.failed', subject: ['sign-in', under.id], detail: { ...seen(vouched), code } },
      newId,
    )
  return { to: code === 'no-account' ? '/connexion/sans-compte' : errorPage(code) }
}

const openItsSession = async (
  tx: Transaction,
  { returnTo, vouched, factors, now, newId, act, device, replaces }: Entering,
  match: Way,
): Promise<Led & { token: string }> => {
  const { acr, amr, idpId, authTime, idToken } = vouched
  const proof = proofOf(acr, amr, idpId, factors)
  const enters = entersWith(proof, parisDay(now), factors, await weakLevel(tx, match.accountId))
  const secondFactor = enters ? 'proconnect' : null
  const [id, token] = [newId(), newToken()]
  const replaced = await openSession(tx, {
    id,
    tokenHash: digest(token),
    accountId: match.accountId,
    acr,
    amr,
    secondFactor,
    proof: secondFactor && proof !== 'none' ? proof : null,
    idToken,
    // A session that goes on at ProConnect proves the factors, not that the person is there now.
    provenAt: proof === 'strong' && authTime !== undefined ? new Date(Math.min(authTime * 1000, now.getTime())) : null,
    device,
    replaces,
  })
  const viewer = (await tx.enter(digest(token)))!
  const opened: Entry = {
    action: 'session.opened',
    subject: ['session', id],
    detail: { ...seen(vouched), proof, secondFactor, replaced },
  }
  const linked: Entry = {
    action: 'account.linked',
    subject: ['account', match.accountId],
    detail: { ...seen(vouched), by: 'address and SIRET' },
  }
  const entries = match.kind === 'link' ? [linked, opened] : [opened]
  await recordSignIn(tx, act(match.accountId, viewer.organisationId), entries, newId)
  return {
    token,
    to: secondFactor ? returnTo : `/connexion/second-facteur?retour=${encodeURIComponent(returnTo)}`,
  }
}

/** The same person, proven anew at ProConnect since they were asked: confirms a sensitive act, or unlocks (IDN-5). */
export const confirmByProConnect = async (
  tx: Transaction,
  { under, vouched, factors, now, newId, act, replaces }: Coming,
): Promise<Led> => {
  const viewer = replaces && (await tx.enter(replaces))
  if (!viewer || viewer.sessionId !== under.sessionId) throw new SignInRefused('step-up-session-over')
  if (!(await isOwnIdentity(tx, vouched.issuer, vouched.subject))) throw new SignInRefused('step-up-other-person')
  const proof = proofOf(vouched.acr, vouched.amr, vouched.idpId, factors)
  if (!isFreshProof(proof, vouched.acr, vouched.authTime, new Date(under.startedAt)))
    throw new SignInRefused('step-up-not-proven')
  const token = newToken()
  if (!(await proveSession(tx, replaces, 'proconnect', now, digest(token))))
    throw new SignInRefused('step-up-session-over')
  await recordActs(
    tx,
    act(viewer.accountId, viewer.organisationId),
    [
      {
        action:
          viewer.state === 'active'
            ? 'session.stepped-up'
            : viewer.state === 'locked'
              ? 'session.unlocked'
              : 'session.second-factor-proven',
        subject: ['session', viewer.sessionId],
        detail: { way: 'proconnect', acr: vouched.acr, amr: vouched.amr },
      },
    ],
    newId,
  )
  return { token, to: under.returnTo }
}
