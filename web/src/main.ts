import { VueQueryPlugin, QueryClient } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { isProblem } from './api/problem'
import { guessLanguage, i18n, showLanguage } from './i18n'
import { startKeyboard } from './keyboard/registry'
import { router } from './router'
import './styles/index.css'

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // What was refused is refused again; only a lost answer is worth asking twice.
      retry: (count, error) => count < 2 && !isProblem(error),
    },
  },
})

async function start(): Promise<void> {
  await showLanguage(guessLanguage())
  const app = createApp(App)
  app.use(createPinia()).use(i18n).use(router).use(VueQueryPlugin, { queryClient })
  startKeyboard(window)
  app.mount('#app')
}

void start()
