import type { PageRoute } from '../../platform/routes.ts'

const prepare = () => import('./prepare.page.tsx')

export const routes: readonly PageRoute[] = [
  { path: '/campagnes', page: () => import('./campaigns.page.tsx') },
  { path: '/campagnes/nouvelle', page: () => import('./new.page.tsx') },
  { path: '/campagnes/$campaignId/preparer', page: prepare },
  { path: '/campagnes/$campaignId/preparer/$step', page: prepare },
]
