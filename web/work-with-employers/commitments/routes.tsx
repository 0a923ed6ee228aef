import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/administration/engagements', page: () => import('./kinds.page.tsx') },
]
