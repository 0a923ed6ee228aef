import type { Body } from '../../../contract/route.ts'
import type { addTargets } from '../../../contract/work-with-employers/campaigns.ts'
import type { Db } from '../../platform/database.ts'
import { Refused } from '../../platform/errors.ts'
import { readReached } from '../../territory-and-register/establishments/search-sets.queries.ts'
import type { HiresAsked } from '../../territory-and-register/recruitments/looked-by-hires.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import { outcomesOf, outcomesOfCriteria, readPasted, siretsOf } from './pasted-rules.ts'
import { byCriteria, bySirets, isTerritory, mostTargets, refusedSirets } from './selection.queries.ts'

/** What was asked for, as rows of establishments, and how to tell what became of it. */
export const readSelection = async (db: Db, campaign: Campaign, asked: Body<typeof addTargets>, today: string) => {
  if ('criteria' in asked) {
    const { territoryId } = asked.criteria
    if (territoryId !== undefined && !(await isTerritory(db, territoryId))) throw new Refused('territory/unknown')
    return { selected: await byCriteria(db, campaign, asked.criteria, today), outcomes: outcomesOfCriteria }
  }
  const pasted = readPasted(asked.sirets)
  const sirets = siretsOf(pasted)
  const refused = await refusedSirets(db, campaign, sirets, today)
  return { selected: bySirets(campaign, sirets), outcomes: () => outcomesOf(pasted, refused) }
}

/** The campaign, and what its pilot reads where targets are chosen by their hires or by services. */
export const withReach = async (db: Db, campaign: Campaign, asked: Body<typeof addTargets>) => ({
  campaign,
  reached:
    'criteria' in asked
      ? await readReached(
          db,
          {
            services: asked.criteria.services !== undefined,
            hires: asked.criteria.hires !== undefined || asked.criteria.expectedHires !== undefined,
          },
          asked.criteria.territoryId ?? campaign.territory.id,
        )
      : {},
})

/** What is asked of hires, declared or expected, as the trail says it of a search; nothing of the rest. */
export const hiresInCriteria = (campaign: Campaign, asked: Body<typeof addTargets>): HiresAsked | undefined => {
  if (!('criteria' in asked)) return undefined
  const { hires, expectedHires, territoryId = campaign.territory.id } = asked.criteria
  if (hires === undefined && expectedHires === undefined) return undefined
  const declared = hires && { hires: hires.classes ?? 'any', hiresAtLeast: hires.atLeast }
  return { ...declared, expectedHires, territory: territoryId }
}

export const checkSize = (targets: number): void => {
  if (targets > mostTargets) throw new Refused('campaign/too-many-targets', { facts: { most: mostTargets } })
}
