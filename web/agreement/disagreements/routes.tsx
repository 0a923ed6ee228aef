import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/conventions/$conventionId/differends', page: () => import('./disagreements.page.tsx') },
]
