import type { Query } from '../../route.ts'
import { targetStatuses } from '../campaigns.ts'
import type { listPortfolio } from '../portfolio.ts'
import { portfolioParts } from '../portfolio.ts'
import type { countTargets } from '../targets.ts'

/* What the addresses of lists say: their pages read it, and so does who reads a saved view (CAM-10). */

export type TargetFilter = Query<typeof countTargets>
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
/** What an address of one's own making holds that means nothing is left aside. */
export const targetFilterOf = ({
  statut,
  miennes,
  q,
  structure,
  zone,
  commune,
  activite,
}: Record<string, string | undefined>): TargetFilter => {
  const status = targetStatuses.find(one => one === statut)
  return {
    ...(status ? { status } : {}),
    ...(miennes ? { mine: true } : {}),
    ...(q?.trim() ? { q: q.trim().slice(0, 80) } : {}),
    ...(structure === 'personne'
      ? { free: true }
      : structure && uuid.test(structure)
        ? { organisation: structure }
        : {}),
    ...(zone && /^\d{1,9}$/.test(zone) ? { territory: Number(zone) } : {}),
    ...(commune && /^\d[\dAB]\d{3}$/.test(commune) ? { commune } : {}),
    ...(activite && /^([A-V]|\d{2}(\.\d{1,2}[A-Z]?)?)$/.test(activite) ? { activity: activite } : {}),
  }
}

export type PortfolioFilter = Pick<Query<typeof listPortfolio>, 'campaign' | 'part'>
export const portfolioFilterOf = ({ campagne, partie }: Record<string, string | undefined>): PortfolioFilter => {
  const part = portfolioParts.find(one => one === partie)
  return { ...(campagne && uuid.test(campagne) ? { campaign: campagne } : {}), ...(part ? { part } : {}) }
}
