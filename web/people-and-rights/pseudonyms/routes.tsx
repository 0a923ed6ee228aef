import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/pseudonymes', page: () => import('./pseudonyms.page.tsx') }]
