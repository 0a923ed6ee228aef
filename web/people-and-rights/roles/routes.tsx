import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/administration/roles', page: () => import('./roles.page.tsx') }]
