import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/premieres-connexions', page: () => import('./first-people.page.tsx') },
  { path: '/personnes/$accountId/connexion', page: () => import('./sign-in-help.page.tsx') },
]
