import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/conditions', page: () => import('./conditions.page.tsx') },
  { path: '/textes', page: () => import('./texts.page.tsx') },
  { path: '/textes/publier', page: () => import('./publish-text.page.tsx') },
  { path: '/textes/$documentId', page: () => import('./text.page.tsx') },
  { path: '/outils', page: () => import('./tools.page.tsx') },
  { path: '/outils/annexe-4/publier', page: () => import('./publish-annex.page.tsx') },
  { path: '/mes-droits', page: () => import('./my-rights.page.tsx') },
  { path: '/sensibilisations', page: () => import('./awareness.page.tsx') },
  { path: '/equipement', page: () => import('./equipment.page.tsx') },
  { path: '/demandes-d-acces', page: () => import('./access-requests.page.tsx') },
  { path: '/accessibilite', page: () => import('./accessibility.page.tsx'), access: 'public' },
  { path: '/mentions-legales', page: () => import('./legal.page.tsx'), access: 'public' },
  { path: '/donnees-personnelles', page: () => import('./personal-data.page.tsx'), access: 'public' },
  { path: '/aide/raccourcis', page: () => import('./shortcuts.page.tsx'), access: 'public' },
  { path: '/api', page: () => import('./api.page.tsx'), access: 'public' },
  { path: '/api/refus/$', page: () => import('./refusal.page.tsx'), access: 'public' },
]
