import type { ComponentType } from 'react'

/**
 * `signed-in` (the default): drawn only with two factors proven. `identified`: a session is enough. `public`: anyone.
 */
export type Access = 'signed-in' | 'identified' | 'public'

export interface PageRoute {
  /** In French, as a person reads it: `/campagnes/$campaignId`. */
  readonly path: string
  readonly page: () => Promise<{ default: ComponentType }>
  readonly access?: Access
  /**
   * First query of the page, begun while its code comes and the session is recognised. `plain`: no session is asked for
   * yet.
   */
  readonly ahead?: (params: Readonly<Record<string, string>>) => void
}
