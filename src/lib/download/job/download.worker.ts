import { serve } from '$lib/worker/serve';
import { createDownloadApi } from './api';

serve(createDownloadApi());
