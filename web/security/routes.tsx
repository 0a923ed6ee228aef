import type { PageRoute } from '../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/securite', page: () => import('./security.page.tsx') },
  { path: '/securite/rgc', page: () => import('./deeds.page.tsx') },
]
