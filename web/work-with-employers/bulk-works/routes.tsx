import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/campagnes/$campaignId/en-nombre', page: () => import('./bulk-act.page.tsx') },
  { path: '/portefeuille/deplacer', page: () => import('./move-actions.page.tsx') },
  { path: '/portefeuille/confier', page: () => import('./hand-actions.page.tsx') },
  { path: '/mes-travaux', page: () => import('./works.page.tsx') },
  { path: '/mes-travaux/$workId', page: () => import('./work.page.tsx') },
]
