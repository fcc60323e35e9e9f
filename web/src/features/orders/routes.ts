import type { FeatureRoutes } from '../pages'

const meta = { permission: 'orders:search', titleKey: 'orders.title' }

export const orders: FeatureRoutes = {
  routes: [
    {
      path: '/orders',
      children: [
        { path: '', name: 'orders', component: () => import('./OrdersPage.vue'), meta },
        {
          path: ':number',
          name: 'order',
          component: () => import('./OrderPage.vue'),
          meta: { permission: 'orders:read', titleKey: 'orders.titleOne' },
        },
      ],
    },
  ],
  pages: [{ routeName: 'orders', textKey: 'orders.title', permission: 'orders:search' }],
}
