import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/actions-proposees', page: () => import('./proposed-actions.page.tsx') },
]
