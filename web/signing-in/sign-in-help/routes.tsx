import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/personnes/$accountId/connexion', page: () => import('./sign-in-help.page.tsx') },
]
