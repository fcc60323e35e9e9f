import type { FeatureRoutes } from '../pages'

export const sell: FeatureRoutes = {
  routes: [
    {
      path: '/sell/:number?',
      name: 'sell',
      component: () => import('./SellPage.vue'),
      meta: { permission: 'orders:sell', titleKey: 'pages.sell' },
    },
  ],
  pages: [{ routeName: 'sell', textKey: 'pages.sell', permission: 'orders:sell' }],
}
