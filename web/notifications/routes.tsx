import type { PageRoute } from '../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/courriels', page: () => import('./failed.page.tsx') }]
