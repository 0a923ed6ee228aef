import type { PageRoute } from '../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/', page: () => import('./home.page.tsx') }]
