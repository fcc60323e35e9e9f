import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { account } from './features/account/routes'
import { doubts } from './features/doubts/routes'
import { orders } from './features/orders/routes'
import type { Page } from './features/pages'
import { sell } from './features/sell/routes'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who has it not is sent to their first page. */
    permission?: string
    titleKey?: string
  }
}

const features = [sell, orders, doubts, account]

/** The pages of the top bar, in order. */
export const PAGES: readonly Page[] = features.flatMap((feature) => feature.pages)

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'start', redirect: () => ({ name: 'first' }) },
    { path: '/first', name: 'first', component: () => import('./frame/NoPage.vue') },
    ...features.flatMap((feature) => feature.routes),
    { path: '/:rest(.*)*', name: 'missing', component: () => import('./frame/NoPage.vue') },
  ],
})

/** Where somebody with these permissions goes instead, or null if the page is theirs. */
export function findDetour(to: RouteLocationNormalized, can: (permission: string) => boolean): string | null {
  const isStart = to.name === 'first'
  if (!isStart && (!to.meta.permission || can(to.meta.permission))) return null
  const first = PAGES.find((page) => can(page.permission))
  return first && first.routeName !== to.name ? first.routeName : null
}
