import type { FeatureRoutes } from '../pages'

/** Nothing yet: this folder is another helper's. */
export const account: FeatureRoutes = { routes: [], pages: [] }
