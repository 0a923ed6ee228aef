import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/habilitations/structure', page: () => import('./structure.page.tsx') },
]
