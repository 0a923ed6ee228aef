import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/administration/connexion', page: () => import('./directives.page.tsx') },
]
