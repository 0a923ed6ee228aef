import type { ComponentType } from 'react'

/** `signed-in` (the default): drawn only with two factors proven. `identified`: a session is enough. `public`: anyone. */
export type Access = 'signed-in' | 'identified' | 'public'

export interface PageRoute {
  /** In French, as a person reads it: `/campagnes/$campaignId`. */
  readonly path: string
  readonly page: () => Promise<{ default: ComponentType }>
  readonly access?: Access
}
