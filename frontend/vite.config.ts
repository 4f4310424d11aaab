import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The built pages go where the server finds them; git ignores that folder.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../src/huiyin/web/static',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    chunkSizeWarningLimit: 1600,
  },
  server: { proxy: { '/api': process.env.HUIYIN_SERVER ?? 'http://127.0.0.1:8000' } },
})
