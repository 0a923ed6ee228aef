import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/journal', page: () => import('./journal.page.tsx') }]
