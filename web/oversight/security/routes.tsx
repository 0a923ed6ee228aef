import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/securite', page: () => import('./security.page.tsx') }]
