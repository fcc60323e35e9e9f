import type { FeatureRoutes } from '../pages'

export const doubts: FeatureRoutes = {
  routes: [
    {
      path: '/doubts/:number?',
      name: 'doubts',
      component: () => import('./DoubtsPage.vue'),
      meta: { permission: 'doubts:read', titleKey: 'doubts.title' },
    },
  ],
  pages: [{ routeName: 'doubts', textKey: 'doubts.title', permission: 'doubts:read' }],
}
