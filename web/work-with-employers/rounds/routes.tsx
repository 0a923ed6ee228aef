import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/tournee', page: () => import('./round.page.tsx') }]
