import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/absences', page: () => import('./absences.page.tsx') }]
