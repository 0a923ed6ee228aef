import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/portefeuille', page: () => import('./portfolio.page.tsx') }]
