import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/besoins', page: () => import('./needs.page.tsx') },
  { path: '/besoins/ma-structure', page: () => import('./intake.page.tsx') },
  { path: '/besoins/$needId', page: () => import('./need.page.tsx') },
]
