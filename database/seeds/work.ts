import type pg from 'pg'
import { people } from '../../server/demonstration/stand-in/people.ts'
import type { KeyRing } from '../../server/platform/key-ring.ts'
import { addDays } from '../../server/platform/time.ts'
import { layAccountManagers } from './account-managers.ts'
import { type ActingPeople, actingPeople } from './acting.ts'
import { layDraftCampaign, layOpenCampaign, layPastCampaign } from './campaigns.ts'
import { layCommitments } from './commitments.ts'
import { layCorrespondents } from './correspondents.ts'
import { layFacts } from './facts.ts'
import { layKnownEmployers } from './known-employers.ts'
import { layNeeds } from './needs.ts'
import { layNotes } from './notes.ts'
import { layServices } from './services.ts'

interface Installation {
  readonly webUrl: string
  readonly keys: KeyRing
}
/** What people did and asked, day after day. */
export const layWork = async (owner: pg.Client, { webUrl, keys }: Installation, clpeId: number, today: string) => {
  const acting = await actingPeople(owner, webUrl, keys, today)
  try {
    await layAccountManagers(acting.as, acting.sent, today)
    const summer = await layPastCampaign(acting, clpeId, today)
    const building = await layOpenCampaign(acting, clpeId, today)
    await layDraftCampaign(acting, clpeId, today)
    await layRequests(acting, clpeId)
    await layCorrespondents(owner, [...building.slice(0, 12), ...summer.slice(0, 6)])
    await layCommitments(acting, building.slice(0, 6), today)
    await layServices(acting, building.slice(0, 4), today)
    await layNotes(acting, building.slice(0, 5))
    await layFacts(acting, building.slice(0, 3), today)
    await layKnownEmployers(acting, owner, clpeId, today)
    await layNeeds(acting, building.slice(20, 30), today)
    await layMark(acting, summer.at(-1)!, today)
    await acting.usage.stop()
  } finally {
    await acting.close()
  }
}

/** An employer that asked to be left alone (EST-10). */
const layMark = ({ as }: ActingPeople, siret: string, today: string) =>
  as(people.claire, 'POST', `/establishments/${siret}/do-not-contact`, {
    origin: 'employer',
    reason: 'Ne souhaite pas être appelé avant la fin des travaux de l’atelier',
    until: addDays(today, 180),
  })

/** Requests that wait for the account manager: for oneself, and for a colleague whose work one leads. */
const layRequests = async ({ as }: ActingPeople, clpeId: number) => {
  await as(people.ines, 'POST', '/habilitations/requests', {
    tool: 'fiche-recrutement',
    profile: 'consultation',
    perimeter: { territoryId: clpeId },
    purpose: 'recrutement',
    reason: 'Préparer les recrutements de l’été avec les employeurs',
  })
  await as(people.ines, 'POST', '/habilitations/requests', {
    accountId: people.claire.accountId,
    tool: 'campagnes',
    profile: 'responsable',
    perimeter: { territoryId: clpeId },
    purpose: 'suivi',
    reason: 'Répartir les cibles en mon absence',
  })
}
