import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/annuaire/$accountId', page: () => import('./colleague.page.tsx') },
]
