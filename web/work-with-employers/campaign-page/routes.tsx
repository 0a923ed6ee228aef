import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/campagnes/$campaignId', page: () => import('./campaign.page.tsx') },
]
