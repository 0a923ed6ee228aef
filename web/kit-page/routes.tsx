import type { PageRoute } from '../platform/routes.ts'

/** For who builds the pages: drawn on this machine alone, where a demonstration runs. */
const here = ['localhost', '127.0.0.1', '[::1]'].includes(window.location.hostname)

export const routes: readonly PageRoute[] = here
  ? [{ path: '/_apercu', page: () => import('./kit.page.tsx'), access: 'public' }]
  : []
