package sample.bench.real.proxy;

import static com.github.mkopylec.charon.configuration.CharonConfigurer.charonConfiguration;
import static com.github.mkopylec.charon.configuration.RequestMappingConfigurer.requestMapping;
import static com.github.mkopylec.charon.forwarding.RestTemplateConfigurer.restTemplate;
import static com.github.mkopylec.charon.forwarding.TimeoutConfigurer.timeout;
import static com.github.mkopylec.charon.forwarding.interceptors.rewrite.RequestServerNameRewriterConfigurer.requestServerNameRewriter;

import com.github.mkopylec.charon.configuration.CharonConfigurer;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;

/** Charon, a Spring Boot application that forwards through OkHttp. Takes the origin's address. */
@SpringBootApplication(proxyBeanMethods = false)
public class Charon {

    public static void main(String[] args) throws Exception {
        SpringApplication application = new SpringApplication(Charon.class);
        application.setDefaultProperties(Map.of("origin", args[0], "server.port", "0", "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off", "logging.level.root", "error"));
        ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) application.run();
        Serving.on(context.getWebServer().getPort(), context::close);
    }

    /** Its own read timeout of two seconds is passed on a machine that is busy with other things. */
    @Bean
    CharonConfigurer charonConfigurer(@Value("${origin}") String origin) {
        Duration patience = Duration.ofSeconds(30);
        return charonConfiguration().set(requestServerNameRewriter().outgoingServers("http://" + origin))
                .set(restTemplate().set(timeout().connection(patience).read(patience).write(patience)))
                .add(requestMapping("all"));
    }
}
