import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/campagnes/$campaignId/repartir', page: () => import('./sharing.page.tsx') },
]
