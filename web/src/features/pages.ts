import type { RouteRecordRaw } from 'vue-router'

/** A page of the top bar; shown to whoever has the permission. */
export interface Page {
  routeName: string
  textKey: string
  permission: string
}

/** What a feature brings to the app: routes, loaded when opened, and its pages in the top bar. */
export interface FeatureRoutes {
  routes: RouteRecordRaw[]
  pages: Page[]
}
