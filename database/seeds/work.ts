import type pg from 'pg'
import { people } from '../../server/demonstration/stand-in/people.ts'
import { layAccountManagers } from './account-managers.ts'
import { type ActingPeople, actingPeople } from './acting.ts'
import { layDraftCampaign, layOpenCampaign, layPastCampaign } from './campaigns.ts'
import { layCorrespondents } from './correspondents.ts'

/** What people did and asked, day after day. */
export const layWork = async (owner: pg.Client, webUrl: string, clpeId: number, today: string) => {
  const acting = await actingPeople(owner, webUrl, today)
  try {
    await layAccountManagers(acting.as, today)
    const summer = await layPastCampaign(acting, clpeId, today)
    const building = await layOpenCampaign(acting, clpeId, today)
    await layDraftCampaign(acting, clpeId, today)
    await layRequests(acting, clpeId)
    await layCorrespondents(owner, [...building.slice(0, 12), ...summer.slice(0, 6)])
    await acting.usage.stop()
  } finally {
    await acting.close()
  }
}

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
