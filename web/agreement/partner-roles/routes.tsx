import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/roles-de-la-structure', page: () => import('./partner-roles.page.tsx') },
]
