import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/securite', page: () => import('./security.page.tsx') },
  { path: '/administration/cssi-bloques', page: () => import('./officer-blocks.page.tsx') },
]
