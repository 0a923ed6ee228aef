import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/indicateurs', page: () => import('./indicators.page.tsx') },
  { path: '/indicateurs/$code', page: () => import('./rows.page.tsx') },
]
