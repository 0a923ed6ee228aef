import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/mes-vues', page: () => import('./watched.page.tsx') }]
