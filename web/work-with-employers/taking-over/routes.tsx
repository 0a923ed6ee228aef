import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/travail-a-reprendre', page: () => import('./taking-over.page.tsx') },
]
