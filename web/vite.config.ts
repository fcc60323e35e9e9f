import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const server = process.env['AGENTURCLIENT_URL'] ?? 'http://127.0.0.1:8700'

// Frames stay empty in tests; the DOM there has no viewer for PDF.
const TEST_BROWSER = { disableIframePageLoading: true, handleDisabledFileLoadingAsSuccess: true }

export default defineConfig({
  plugins: [vue({ features: { optionsAPI: false } })],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  // Nothing is inlined as a data: address, because the content security policy allows only our own.
  build: { assetsInlineLimit: 0, manifest: true, modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: { host: '127.0.0.1', proxy: { '/api': { target: server, changeOrigin: true } } },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://counter.test/', settings: TEST_BROWSER } },
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
})
