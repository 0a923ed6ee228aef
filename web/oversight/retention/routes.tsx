import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/effacements', page: () => import('./purges.page.tsx') },
  { path: '/effacements/suspensions', page: () => import('./legal-holds.page.tsx') },
]
